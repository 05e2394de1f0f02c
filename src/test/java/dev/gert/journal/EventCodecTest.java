package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every event is written and read back, whatever events there will be. */
class EventCodecTest {
    static List<Class<?>> events() {
        List<Class<?>> events = new ArrayList<>(List.of(RunEvent.class.getPermittedSubclasses()));
        events.remove(RunEvent.Unrecognised.class);
        assertThat(events).hasSizeGreaterThan(20);
        return events;
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldIsCarriedAndReadBack(Class<?> type) throws ReflectiveOperationException {
        RunEvent event = (RunEvent) sample(type, 1);
        roundTrip(event);
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object[] values = values(event, components);
            values[i] = sample(components[i].getGenericType(), 2);
            RunEvent other = (RunEvent) make(type, components, values);
            assertThat(json(other))
                    .as("with another " + components[i].getName())
                    .isNotEqualTo(json(event));
            roundTrip(other);
            if (isNullable(components[i])) {
                values[i] = null;
                RunEvent without = (RunEvent) make(type, components, values);
                assertThat(json(without))
                        .as("without " + components[i].getName())
                        .isNotEqualTo(json(event));
                roundTrip(without);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void nestedFieldsAreCarriedToo(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Class<?> nested = components[i].getType();
            if (!nested.isRecord()) {
                continue;
            }
            RecordComponent[] inner = nested.getRecordComponents();
            for (int j = 0; j < inner.length; j++) {
                Object[] innerValues = values(sample(nested, 1), inner);
                innerValues[j] = sample(inner[j].getGenericType(), 2);
                Object[] values = values(sample(type, 1), components);
                values[i] = make(nested, inner, innerValues);
                RunEvent other = (RunEvent) make(type, components, values);
                assertThat(json(other))
                        .as(components[i].getName() + "." + inner[j].getName())
                        .isNotEqualTo(json((RunEvent) sample(type, 1)));
                roundTrip(other);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMissingMemberIsSeen(Class<?> type) throws ReflectiveOperationException {
        RunEvent event = (RunEvent) sample(type, 1);
        JsonValue.MapValue data = data(json(event));
        for (String name : data.entries().keySet()) {
            Map<String, JsonValue> without = new LinkedHashMap<>(data.entries());
            without.remove(name);
            String wire = EventCodec.wireType(event);
            EventCodec.Decoded decoded = EventCodec.read(wire, new JsonValue.MapValue(without));
            boolean later = List.of("linked", "ci", "retried", "interactive", "needs", "more", "unverified")
                    .contains(name);
            boolean nullable = later || nullables(type).contains(name);
            assertThat(decoded)
                    .as(wire + " without " + name)
                    .isInstanceOf(nullable ? EventCodec.Decoded.Event.class : EventCodec.Decoded.Unreadable.class);
            Map<String, JsonValue> other = new LinkedHashMap<>(data.entries());
            other.put(name, new JsonValue.ListValue(List.of(JsonValue.bool(true))));
            assertThat(EventCodec.read(wire, new JsonValue.MapValue(other)))
                    .as(wire + " with another " + name)
                    .isInstanceOf(EventCodec.Decoded.Unreadable.class);
            Map<String, JsonValue> more = new LinkedHashMap<>(data.entries());
            more.put("of_a_later_version", JsonValue.number(1));
            assertThat(EventCodec.read(wire, new JsonValue.MapValue(more)))
                    .isInstanceOf(EventCodec.Decoded.Event.class);
        }
    }

    @Test
    void everyTypeIsAnEventsOrUnknownHere() throws ReflectiveOperationException {
        Set<EventType> made = EnumSet.noneOf(EventType.class);
        for (Class<?> type : events()) {
            EventType its = ((RunEvent) sample(type, 1)).type();
            assertThat(made.add(its)).as("one event for " + its).isTrue();
        }
        for (EventType type : EnumSet.complementOf(EnumSet.copyOf(made))) {
            JsonValue.MapValue data = new JsonValue.MapValue(Map.of("x", JsonValue.number(1)));
            assertThat(EventCodec.read(type.wire(), data))
                    .isEqualTo(new EventCodec.Decoded.Event(new RunEvent.Unrecognised(type.wire(), data)));
        }
    }

    @Test
    void whatIsUnknownIsWrittenAsItWasRead() {
        JsonValue.MapValue data = data("{\"b\":[1,2.50,null,true],\"a\":{\"c\":\"\\u2028\"}}");
        RunEvent event = new RunEvent.Unrecognised("moon_rose", data);
        assertThat(EventCodec.wireType(event)).isEqualTo("moon_rose");
        assertThat(json(event)).isEqualTo("{\"b\":[1,2.50,null,true],\"a\":{\"c\":\"\\u2028\"}}");
        assertThat(EventCodec.read("moon_rose", data)).isEqualTo(new EventCodec.Decoded.Event(event));
    }

    @Test
    void namesAreInSnakeCaseInAFixedOrder() {
        assertThat(json(new RunEvent.Dispatched("a", 1, dev.gert.model.Effect.READ, "t", 7)))
                .isEqualTo("{\"step\":\"a\",\"attempt\":1,\"effect\":\"read\",\"token\":\"t\",\"pid\":7}");
        assertThat(json(new RunEvent.Warning(Samples.redacted("a *** b"), null)))
                .isEqualTo("{\"message\":{\"text\":\"a *** b\",\"redacted\":true},\"place\":null,\"leaked\":null}");
    }

    @Test
    void anotherSchemaIsNotThisOne() {
        JsonValue.MapValue data = data(json(Samples.started()).replace("journal/v1", "journal/v2"));
        assertThat(EventCodec.read("run_started", data)).isInstanceOf(EventCodec.Decoded.Unreadable.class);
    }

    private static void roundTrip(RunEvent event) {
        String json = json(event);
        EventCodec.Decoded decoded = EventCodec.read(EventCodec.wireType(event), data(json));
        assertThat(decoded).as(json).isInstanceOf(EventCodec.Decoded.Event.class);
        RunEvent back = ((EventCodec.Decoded.Event) decoded).event();
        assertThat(back.getClass()).isEqualTo(event.getClass());
        assertThat(describe(back)).isEqualTo(describe(event));
        assertThat(json(back)).isEqualTo(json);
    }

    private static String json(RunEvent event) {
        StringBuilder out = new StringBuilder();
        EventCodec.write(event, JsonWriter.compact(out));
        return out.toString();
    }

    private static JsonValue.MapValue data(String json) {
        return (JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(json)).value();
    }

    /** Everything that an event holds, where types have no equality of their own. */
    private static String describe(@Nullable Object value) {
        if (value instanceof SafeText text) {
            return "safe(" + text.text() + ", " + text.redacted() + ")";
        } else if (value instanceof Captured captured) {
            return "captured(" + captured.raw() + ", " + describe(captured.shown()) + ")";
        } else if (value instanceof List<?> list) {
            StringBuilder out = new StringBuilder("[");
            list.forEach(item -> out.append(describe(item)).append(", "));
            return out.append("]").toString();
        } else if (value instanceof Map<?, ?> map) {
            StringBuilder out = new StringBuilder("{");
            map.forEach((key, item) ->
                    out.append(key).append("=").append(describe(item)).append(", "));
            return out.append("}").toString();
        } else if (value instanceof Record record) {
            StringBuilder out = new StringBuilder(value.getClass().getSimpleName() + "(");
            for (Object item : values(record, value.getClass().getRecordComponents())) {
                out.append(describe(item)).append(", ");
            }
            return out.append(")").toString();
        }
        return String.valueOf(value);
    }

    private static Object sample(Type type, int variant) throws ReflectiveOperationException {
        String text = "text-" + variant + " \"\u2028\uD83D\uDE80";
        if (type == String.class) {
            return text;
        } else if (type == int.class || type == Integer.class) {
            return 40 + variant;
        } else if (type == long.class) {
            return (1L << 40) + variant;
        } else if (type == boolean.class) {
            return variant == 1;
        } else if (type == SafeText.class) {
            return Captured.recorded(text, variant == 1).shown();
        } else if (type == Captured.class) {
            return Captured.recorded(text, variant == 1);
        } else if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (parameterized.getRawType() == List.class) {
                return variant == 1
                        ? List.of(sample(arguments[0], 1), sample(arguments[0], 2))
                        : List.of(sample(arguments[0], 2));
            }
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("z" + variant, sample(arguments[1], 1));
            map.put("a", sample(arguments[1], 2));
            return map;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[variant];
        }
        assertThat(plain.isRecord())
                .as("a kind of value that this test can make: " + type)
                .isTrue();
        RecordComponent[] components = plain.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = sample(components[i].getGenericType(), variant);
        }
        return make(plain, components, values);
    }

    private static Object make(Class<?> type, RecordComponent[] components, Object[] values)
            throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object[] values(Object record, RecordComponent[] components) {
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getAccessor().invoke(record);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Set<String> nullables(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (isNullable(component)) {
                StringBuilder snake = new StringBuilder();
                for (char c : component.getName().toCharArray()) {
                    snake.append(Character.isUpperCase(c) ? "_" + Character.toLowerCase(c) : c);
                }
                names.add(snake.toString());
            }
        }
        return names;
    }
}
