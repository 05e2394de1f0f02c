package dev.gert.blackbox;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * gert as it was built, under a debugger that has it call {@code Runtime.halt} at its n-th operation on files and
 * processes: a write, a force, a rename, a process that is made, one that is let go.
 */
final class HaltingGert {
    private static final Map<String, List<String>> POINTS = new TreeMap<>(Map.of(
            "sun.nio.ch.FileChannelImpl", List.of("write", "force", "truncate"),
            "java.lang.ProcessBuilder", List.of("start"),
            "sun.nio.fs.UnixFileSystemProvider", List.of("move", "createDirectory", "createLink", "delete"),
            "dev.gert.runtime.Child", List.of("letGo", "release"),
            "dev.gert.runtime.Runner", List.of("take")));

    private HaltingGert() {}

    /** How it ended: {@code where} is null when it came to its end by itself, after {@code points} points. */
    record Ending(String where, int points) {}

    /** Runs until that point, from 1. */
    static Ending run(KillRange range, int point) throws Exception {
        ListeningConnector connector = null;
        for (ListeningConnector each : Bootstrap.virtualMachineManager().listeningConnectors()) {
            connector = each.transport().name().equals("dt_socket") ? each : connector;
        }
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        String address = connector.startListening(arguments);
        List<String> words = new ArrayList<>(range.shop.commandLine(range.run()));
        int jar = words.indexOf("-jar");
        words.set(jar, "-cp");
        words.set(
                jar + 1,
                words.get(jar + 1) + ":"
                        + Path.of(HaltMain.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()));
        words.add(jar + 2, HaltMain.class.getName());
        words.add(1, "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address);
        Path folder = range.shop.folder;
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(range.shop.environment());
        Process process = builder.start();
        try {
            VirtualMachine machine = connector.accept(arguments);
            return halt(machine, point);
        } finally {
            connector.stopListening(arguments);
            if (!process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it neither ends nor goes on");
            }
        }
    }

    private static Ending halt(VirtualMachine machine, int point) throws Exception {
        for (String name : POINTS.keySet()) {
            for (ReferenceType loaded : machine.classesByName(name)) {
                stopIn(machine, loaded);
            }
            ClassPrepareRequest prepare = machine.eventRequestManager().createClassPrepareRequest();
            prepare.addClassFilter(name);
            prepare.enable();
        }
        machine.resume();
        int seen = 0;
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        stopIn(machine, prepared.referenceType());
                    } else if (event instanceof BreakpointEvent hit && ++seen == point) {
                        String where = hit.location().declaringType().name() + "."
                                + hit.location().method().name();
                        ClassType main = (ClassType)
                                machine.classesByName(HaltMain.class.getName()).get(0);
                        main.setValue(main.fieldByName("now"), machine.mirrorOf(true));
                        // The machine's death waits for every thread that is held here.
                        machine.dispose();
                        return new Ending(where, seen);
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return new Ending(null, seen);
        }
    }

    private static void stopIn(VirtualMachine machine, ReferenceType type) {
        for (String name : POINTS.get(type.name())) {
            for (Method method : type.methodsByName(name)) {
                if (!method.isNative() && !method.isAbstract()) {
                    EventRequest request = machine.eventRequestManager().createBreakpointRequest(method.location());
                    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                    request.enable();
                }
            }
        }
    }
}
