package io.meterline.core.record;

import io.meterline.core.Reason;
import io.meterline.core.find.Harvest;
import io.meterline.core.json.JsonOracle.Member;
import io.meterline.core.json.JsonOracle.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record must be and what comes out of it, section 3 and rules 4.2 to 4.4 written down a
 * second time, on a tree and without a thought for speed.
 */
public final class RecordOracle {
  private static final Set<String> CONTRACT =
      Set.of(
          "meterApiName",
          "customerId",
          "meterTimeInMillis",
          "meterValue",
          "values",
          "uniqueId",
          "dimensions");
  private static final BigInteger LAST_TIME = BigInteger.valueOf(253_402_300_799_999L);
  private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);

  /** Halfway to what the next double would be: from here on, rounding goes to infinity. */
  private static final BigDecimal TOO_LARGE =
      LARGEST.add(new BigDecimal(Math.ulp(Double.MAX_VALUE)).divide(BigDecimal.valueOf(2)));

  /** More digits than BigDecimal takes. */
  private static final Pattern ENDLESS_EXPONENT =
      Pattern.compile("(?<mantissa>[-.0-9]+)[eE](?<sign>[-+]?)0*[1-9][0-9]{9,}");

  private final List<Member> members;

  private RecordOracle(List<Member> members) {
    this.members = members;
  }

  /** Either what comes out or why nothing does. */
  public sealed interface Verdict {
    /** The completed record. */
    record Out(Node.ObjectNode record) implements Verdict {}

    /** The first reason against it. */
    record No(Reason reason) implements Verdict {}
  }

  /** Judges an element that is at {@code position} of the event that {@link Harvest} makes. */
  public static Verdict judge(Node element, int position) {
    if (!(element instanceof Node.ObjectNode(List<Member> all))) {
      return new Verdict.No(Reason.NOT_AN_OBJECT);
    }
    long named = all.stream().map(Member::name).filter(CONTRACT::contains).count();
    long names = all.stream().map(Member::name).filter(CONTRACT::contains).distinct().count();
    if (names < named) {
      return new Verdict.No(Reason.MALFORMED_JSON);
    }
    RecordOracle there =
        new RecordOracle(all.stream().filter(member -> !countsAsNotThere(member)).toList());
    return there
        .firstReason()
        .<Verdict>map(Verdict.No::new)
        .orElseGet(() -> new Verdict.Out(there.completed(position)));
  }

  private static boolean countsAsNotThere(Member member) {
    boolean isNull = CONTRACT.contains(member.name()) && member.value().equals(NULL);
    return isNull || member.equals(new Member("uniqueId", new Node.StringNode("")));
  }

  private static final Node NULL = new Node.WordNode("null");

  private Optional<Reason> firstReason() {
    if (isMissing()) {
      return Optional.of(Reason.MISSING_FIELD);
    }
    if (isOfWrongType()) {
      return Optional.of(Reason.WRONG_TYPE);
    }
    return isOutOfRange() ? Optional.of(Reason.OUT_OF_RANGE) : Optional.empty();
  }

  private boolean isMissing() {
    boolean named = get("meterApiName").isPresent();
    return (!named && get("values").isEmpty())
        || (named && get("meterValue").isEmpty())
        || get("customerId").isEmpty()
        || isBlank("meterApiName")
        || isBlank("customerId");
  }

  private boolean isBlank(String name) {
    return get(name)
        .filter(v -> v instanceof Node.StringNode(String text) && text.isBlank())
        .isPresent();
  }

  private boolean isOfWrongType() {
    return isNo(Node.StringNode.class, "meterApiName")
        || isNo(Node.StringNode.class, "customerId")
        || isNo(Node.StringNode.class, "uniqueId")
        || isNo(Node.NumberNode.class, "meterValue")
        || get("meterTimeInMillis").filter(value -> !isInteger(value)).isPresent()
        || isNo(Node.ObjectNode.class, "dimensions")
        || isNo(Node.ObjectNode.class, "values")
        || membersOf("values").stream().anyMatch(m -> !(m.value() instanceof Node.NumberNode))
        || membersOf("dimensions").stream()
            .anyMatch(
                m -> m.value() instanceof Node.ObjectNode || m.value() instanceof Node.ArrayNode);
  }

  private boolean isNo(Class<? extends Node> type, String name) {
    return get(name).filter(value -> !type.isInstance(value)).isPresent();
  }

  private static boolean isInteger(Node value) {
    return value instanceof Node.NumberNode(String text) && text.matches("-?[0-9]+");
  }

  private boolean isOutOfRange() {
    boolean badTime =
        get("meterTimeInMillis")
            .map(value -> new BigInteger(((Node.NumberNode) value).text()))
            .filter(time -> time.signum() <= 0 || time.compareTo(LAST_TIME) > 0)
            .isPresent();
    return badTime
        || get("meterValue").filter(RecordOracle::isTooLarge).isPresent()
        || get("values").filter(value -> membersOf("values").isEmpty()).isPresent()
        || membersOf("values").stream().anyMatch(member -> isTooLarge(member.value()));
  }

  private static boolean isTooLarge(Node number) {
    String text = ((Node.NumberNode) number).text();
    Matcher endless = ENDLESS_EXPONENT.matcher(text);
    if (endless.matches()) {
      boolean isZero = endless.group("mantissa").matches("[-.0]*");
      return !isZero && !endless.group("sign").equals("-");
    }
    return new BigDecimal(text).abs().compareTo(TOO_LARGE) >= 0;
  }

  private Node.ObjectNode completed(int position) {
    List<Member> out = new ArrayList<>();
    for (Member member : members) {
      boolean dimensions = member.name().equals("dimensions");
      out.add(dimensions ? new Member("dimensions", texts(membersOf("dimensions"))) : member);
    }
    if (get("meterTimeInMillis").isEmpty()) {
      out.add(new Member("meterTimeInMillis", new Node.NumberNode(String.valueOf(Harvest.TIME))));
    }
    if (get("uniqueId").isEmpty()) {
      out.add(new Member("uniqueId", new Node.StringNode(DerivedIds.at(position))));
    }
    return new Node.ObjectNode(out);
  }

  private static Node texts(List<Member> dimensions) {
    return new Node.ObjectNode(
        dimensions.stream()
            .filter(member -> !member.value().equals(NULL))
            .map(member -> new Member(member.name(), text(member.value())))
            .toList());
  }

  private static Node text(Node value) {
    return switch (value) {
      case Node.NumberNode(String text) -> new Node.StringNode(text);
      case Node.WordNode(String text) -> new Node.StringNode(text);
      default -> value;
    };
  }

  private Optional<Node> get(String name) {
    return members.stream().filter(m -> m.name().equals(name)).map(Member::value).findFirst();
  }

  private List<Member> membersOf(String name) {
    return get(name)
        .filter(Node.ObjectNode.class::isInstance)
        .map(value -> ((Node.ObjectNode) value).members())
        .orElse(List.of());
  }
}
