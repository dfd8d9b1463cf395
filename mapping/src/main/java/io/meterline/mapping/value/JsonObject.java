package io.meterline.mapping.value;

import static io.meterline.core.json.JsonCursor.Fault.NONE;

import io.meterline.core.json.JsonCursor;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is in a line: where its members are, and their values once they are asked
 * for. One instance may be read again and again; what it gave holds until the next reading.
 */
public final class JsonObject extends AbstractMap<String, Object> {
  /** How deep a line may nest. */
  public static final int MAX_DEPTH = 64;

  /** Above as many members, whether a name is duplicated is looked at when it is asked for. */
  private static final int MOST_COMPARED = 256;

  /** The most members, for each takes several times the memory of its shortest text. */
  private static final int MOST_MEMBERS = 100_000;

  private final Budget budget;
  private byte[] bytes = {};
  private int[] places = new int[4 * 4];
  private @Nullable Object[] values = new @Nullable Object[4];
  private int size;
  private boolean hasTwins;

  /** One that is looked at without a bound on the work. */
  public JsonObject() {
    this(new Budget());
  }

  /** One whose values and members take steps of the budget when they are looked for. */
  public JsonObject(Budget budget) {
    this.budget = budget;
  }

  /**
   * Reads the object at which the cursor is; false where it is malformed; the cursor has the
   * reason. The cursor checks all of it, nested values as well.
   *
   * @throws EvaluationException where it has too many members
   */
  public boolean read(JsonCursor in) {
    Arrays.fill(values, 0, size, null);
    size = 0;
    hasTwins = false;
    bytes = in.bytes();
    long seen = 0;
    for (boolean more = in.firstMember(); more; more = in.nextMember()) {
      int nameFrom = in.nameFrom() - 1;
      int nameTo = in.isNameEscaped() ? -in.nameTo() - 1 : in.nameTo() + 1;
      int valueFrom = in.at();
      if (!in.value(MAX_DEPTH - 1)) {
        return false;
      }
      long bit = nameTo < 0 ? -1 : 1L << ((nameTo - nameFrom) * 31 + bytes[nameTo - 2]);
      if ((seen & bit) != 0 && !hasTwins) {
        hasTwins = size > MOST_COMPARED || isTwin(nameFrom, nameTo);
      }
      seen |= bit;
      add(nameFrom, nameTo, valueFrom, in.at());
    }
    return in.fault() == NONE;
  }

  private boolean isTwin(int nameFrom, int nameTo) {
    MemberName name = new MemberName(JsonValues.string(bytes, nameFrom, Math.abs(nameTo)));
    return search(name) >= 0;
  }

  private void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
    if (size == MOST_MEMBERS) {
      throw EvaluationException.of("an object of more than %d members".formatted(MOST_MEMBERS));
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      places = Arrays.copyOf(places, 8 * size);
    }
    int place = 4 * size++;
    places[place] = nameFrom;
    places[place + 1] = nameTo;
    places[place + 2] = valueFrom;
    places[place + 3] = valueTo;
  }

  /** The index of the member; -1 where there is none. */
  public int index(MemberName name) {
    int hint = name.hint;
    int found = hint < size && is(hint, name) ? hint : search(name);
    if (found >= 0) {
      name.hint = found;
      if (hasTwins) {
        refuseTwin(found, name);
      }
    }
    return found;
  }

  private int search(MemberName name) {
    budget.take(size + name.utf8.length);
    for (int i = 0; i < size; i++) {
      if (is(i, name)) {
        return i;
      }
    }
    return -1;
  }

  /** A member that is duplicated has no value: no reader can tell which is meant. */
  private void refuseTwin(int found, MemberName name) {
    budget.take(size + name.utf8.length);
    for (int i = 0; i < size; i++) {
      if (i != found && is(i, name)) {
        throw EvaluationException.of("'" + name + "' is duplicated");
      }
    }
  }

  private boolean is(int index, MemberName name) {
    int from = places[4 * index];
    int to = places[4 * index + 1];
    if (to < 0) {
      // An escape makes six bytes one at most: most names are too short or too long to be it.
      int length = -to - from - 2;
      if (name.utf8.length > length || 6 * name.utf8.length < length) {
        return false;
      }
      budget.take(length);
      return JsonValues.string(bytes, from, -to).equals(name.toString());
    }
    byte[] text = name.utf8;
    return to - from - 2 == text.length
        && Arrays.equals(bytes, from + 1, to - 1, text, 0, text.length);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int valueFrom(int index) {
    return places[4 * index + 2];
  }

  public int valueTo(int index) {
    return places[4 * index + 3];
  }

  /** The value of member {@code index}. */
  public Object value(int index) {
    Object value = values[index];
    if (value == null) {
      value = JsonValues.of(bytes, valueFrom(index), valueTo(index), budget);
      values[index] = value;
    }
    return value;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    int index = key instanceof String name ? index(new MemberName(name)) : -1;
    return index < 0 ? null : value(index);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && index(new MemberName(name)) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  private String name(int index) {
    budget.take(Math.abs(places[4 * index + 1]) - places[4 * index]);
    return JsonValues.string(bytes, places[4 * index], Math.abs(places[4 * index + 1]));
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < size;
          }

          @Override
          public Map.Entry<String, Object> next() {
            int index = next++;
            return Map.entry(name(index), value(index));
          }
        };
      }
    };
  }
}
