package dev.scrip.audit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Records with one component changed.
final class Records {

    private Records() {}

    static <T> T with(T record, String component, @Nullable Object value) {
        var components = record.getClass().getRecordComponents();
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        if (!names.contains(component)) {
            throw new IllegalArgumentException(record.getClass() + " has no " + component);
        }
        try {
            var values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] =
                        names.get(i).equals(component)
                                ? value
                                : components[i].getAccessor().invoke(record);
            }
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            var kind = (Class<T>) record.getClass();
            return kind.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(record + " cannot have another " + component, e);
        }
    }

    static Object get(Object record, String component) {
        try {
            return record.getClass().getMethod(component).invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(record.getClass() + " has no " + component, e);
        }
    }
}
