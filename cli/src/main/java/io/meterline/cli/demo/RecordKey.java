package io.meterline.cli.demo;

import io.meterline.demo.JsonObject;

/**
 * What tells one record from another: a rule may give two of its records the id of the line that
 * both are made of, and they are of different meters then.
 *
 * @param meter empty for a record of several
 */
record RecordKey(String meter, String uniqueId) {
  /** The key of a record that has an id, as all that were completed have. */
  static RecordKey of(String record) {
    JsonObject members = JsonObject.of(record);
    return new RecordKey(
        members.text("meterApiName").orElse(""), members.text("uniqueId").orElse(""));
  }
}
