package dev.gert.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Ctrl-C, SIGTERM, and the SIGHUP of a terminal that is closed (not under nohup). The JVM's own class for them is not part of the Java platform that the compiler
 * knows, so it is reached by reflection; where it is missing the JVM ends as it always does, and the
 * keeper ends the children.
 */
public final class Signals {
    private Signals() {}

    /** {@code handler} is called with {@code INT}, {@code TERM} or {@code HUP} each time one comes, on a thread of the JVM's. */
    public static void on(Consumer<String> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    handler.accept(
                            signal.getMethod("getName").invoke(arguments[0]).toString());
                    return null;
                }
                return method.getName().equals("hashCode")
                        ? (Object) System.identityHashCode(proxy)
                        : method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : "gert";
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handlerType}, calls);
            for (String name : new String[] {"INT", "TERM", "HUP"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Without it a signal ends the JVM at once; what was recorded can be resumed.
        }
    }
}
