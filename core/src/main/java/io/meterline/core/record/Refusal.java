package io.meterline.core.record;

import io.meterline.core.Reason;

/**
 * Why a record was refused.
 *
 * @param detail what was wrong, for a person, with the member's name where one is at fault
 */
public record Refusal(Reason reason, String detail) {
  static Refusal missing(Field field) {
    return new Refusal(Reason.MISSING_FIELD, field.text() + " is missing");
  }

  static Refusal wrongType(Field field, String expected) {
    return new Refusal(Reason.WRONG_TYPE, field.text() + " is not " + expected);
  }
}
