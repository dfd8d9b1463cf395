package io.meterline.mapping.value;

import java.util.function.Supplier;

/**
 * The work that rules may do on one log event, in steps: about one for each character that is read,
 * four for each that is produced, some for each operation. What a step costs is the same for every
 * machine, so an event that is too much work is so each time it comes. Not for several threads.
 */
public final class Budget {
  /** The steps of one rule on an event, whatever its size. */
  public static final long STEPS_OF_A_RULE = 32L * 1024 * 1024;

  /** The further steps of one rule for each byte of the message. */
  public static final int STEPS_OF_A_BYTE = 32;

  /** How many times the steps of one rule all rules together have. */
  public static final int RULES_IN_FULL = 4;

  /** The steps that an element of a list costs which comes into being. */
  public static final int ELEMENT = 64;

  private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

  private long ofRule = STEPS_OF_A_RULE;
  private long leftForEvent = RULES_IN_FULL * STEPS_OF_A_RULE;
  private long left = STEPS_OF_A_RULE;
  private long atStart = STEPS_OF_A_RULE;
  private long longestText;

  /** The one in which a function of CEL's runtime is evaluated, which hands none on. */
  public static Budget current() {
    return CURRENT.isBound() ? CURRENT.get() : new Budget();
  }

  /** Evaluates within this budget: functions find it by {@link #current}. */
  public <T> T within(Supplier<T> evaluation) {
    return ScopedValue.where(CURRENT, this).call(evaluation::get);
  }

  /** Starts over with another log event. */
  public void startEvent(int messageBytes) {
    ofRule = STEPS_OF_A_RULE + (long) STEPS_OF_A_BYTE * messageBytes;
    leftForEvent = RULES_IN_FULL * ofRule;
    left = 0;
    atStart = 0;
    startRule();
  }

  /** Starts another rule: one that took too many steps leaves the next rules theirs. */
  public void startRule() {
    leftForEvent -= atStart - Math.max(0, left);
    atStart = Math.min(ofRule, leftForEvent);
    left = atStart;
    longestText = 0;
  }

  /**
   * Takes steps that are about to be done.
   *
   * @throws EvaluationException where the rule has too few left, now and from now on
   */
  public void take(long steps) {
    left -= steps;
    if (left < 0) {
      left = -1;
      throw EvaluationException.of(exhaustion());
    }
  }

  /** Takes the steps for reading a text, {@code each} for a character. */
  public void read(int length, int each) {
    longestText = Math.max(longestText, length);
    take((long) each * length);
  }

  /** Takes the steps for finding a text in any that was read. */
  public void find(int length) {
    take(longestText * length / 16);
  }

  /** Whether the rule needed more steps than it has. */
  public boolean isExhausted() {
    return left < 0;
  }

  /** What is said then. */
  public String exhaustion() {
    return atStart < ofRule
        ? "all rules together need more than %d steps for this event"
            .formatted(RULES_IN_FULL * ofRule)
        : "the rule needs more than %d steps for this event".formatted(ofRule);
  }
}
