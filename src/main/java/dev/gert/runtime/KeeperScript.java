package dev.gert.runtime;

/**
 * What the supervisor's shell does. {@code kill}, {@code read} and {@code echo} are the shell's own,
 * so nothing has to be started while gert is there.
 *
 * <p>Lines in: {@code + PID} a group is there, {@code - PID} it has ended, {@code T PID} it
 * is asked to end, {@code K PID PIDS…} it is killed, with what was seen to be its own before,
 * {@code ? PID} whether it has members, answered by 1 or 0; {@code m TRACEPARENT} something begins with it,
 * {@code u TRACEPARENT} what still has it may live on. At the end of the input gert is gone, and
 * what is left is asked to end and soon after killed: the groups, what else is in their sessions,
 * what descends from them, and what has such a {@code TRACEPARENT}, wherever it went.
 */
final class KeeperScript {
    static final String TEXT = """
            trap '' HUP INT QUIT TERM PIPE TSTP

            # found: what lives of the sessions in $roots, of the processes in $known, and of what descends
            # from either. strays: those of them that no signal to a group in $roots reaches.
            look() {
              all=
              for d in /proc/[0-9]*; do
                read -r line <"$d/stat" || continue
                set -- ${line##*) }
                [ "$1" = Z ] || all="$all ${d#/proc/}:$2:$3:$4"
              done
              found=
              strays=
              more=1
              while [ "$more" ]; do
                more=
                for one in $all; do
                  p=${one%%:*} one=${one#*:}
                  up=${one%%:*} one=${one#*:}
                  g=${one%%:*} s=${one#*:}
                  case " $found " in *" $p "*) continue ;; esac
                  case " $roots " in
                  *" $s "*) ;;
                  *) case " $known $found " in *" $p "* | *" $up "*) ;; *) continue ;; esac ;;
                  esac
                  found="$found $p"
                  more=1
                  case " $roots " in *" $g "*) ;; *) strays="$strays $p" ;; esac
                done
              done
            }

            # into $known: what began with one of $marks
            marked() {
              for m in $marks; do
                for f in $(grep -lsF -e "TRACEPARENT=$m" /proc/[0-9]*/environ); do
                  f=${f#/proc/}
                  known="$known ${f%/environ}"
                done
              done
            }

            send() {
              for g in $roots; do kill -s "$1" -- "-$g"; done
              for p in $strays; do kill -s "$1" "$p"; done
            }

            # Stopped first: what still runs could start another where nobody looks any more.
            end() {
              strays=$known
              last=
              for n in 1 2 3 4 5 6 7 8 9 10; do
                send STOP
                look
                [ "$strays" ] && [ "$found" != "$last" ] || break
                last=$found
              done
              send KILL
            }

            groups=
            marks=
            while read -r word pid known; do
              case $word in
              +) groups="$groups $pid" ;;
              -) rest=; for g in $groups; do [ "$g" = "$pid" ] || rest="$rest $g"; done; groups=$rest ;;
              m) marks="$marks $pid" ;;
              u) rest=; for m in $marks; do [ "$m" = "$pid" ] || rest="$rest $m"; done; marks=$rest ;;
              T) kill -s TERM -- "-$pid" ;;
              K) roots=$pid; end ;;
              '?') if kill -s 0 -- "-$pid"; then echo 1; else echo 0; fi ;;
              esac
            done
            [ "$groups$marks" ] || exit 0
            roots=$groups
            known=
            marked
            look
            send TERM
            known=$strays
            for n in 1 2 3 4 5 6 7; do
              alive=
              for g in $groups; do kill -s 0 -- "-$g" && alive=1; done
              for p in $known; do kill -s 0 "$p" && alive=1; done
              [ "$alive" ] || { known=; marked; [ "$known" ] || exit 0; break; }
              sleep 0.1 || { sleep 1; break; }
            done
            end
            """;

    private KeeperScript() {}
}
