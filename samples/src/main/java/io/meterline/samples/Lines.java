package io.meterline.samples;

/** Log lines with meter records, as applications and their runtimes write them. */
public final class Lines {
  public static final String MARKER = "meter_record_for_stream";
  private static final String TIME = "2026-07-01T09:00:00.062Z";
  private static final String REQUEST_ID = "8f5a1c2e-4b6d-4e8f-9a0b-1c2d3e4f5a6b";

  private Lines() {}

  /** A record that needs no completion; ids tell records apart. */
  public static String record(String uniqueId) {
    return "{\"meterApiName\":\"api-calls\",\"customerId\":\"c-1\",\"meterTimeInMillis\":1782896400062,\"meterValue\":1,\"uniqueId\":\"%s\"}"
        .formatted(uniqueId);
  }

  /** The marker with the JSON after it, as printed to standard output. */
  public static String bare(String json) {
    return MARKER + " " + json;
  }

  /** Lambda's text format for Node.js. */
  public static String node(String json) {
    return "%s\t%s\tINFO\t%s".formatted(TIME, REQUEST_ID, bare(json));
  }

  /** Lambda's text format for Python. */
  public static String python(String json) {
    return "[INFO]\t%s\t%s\t%s".formatted(TIME, REQUEST_ID, bare(json));
  }

  /** Lambda's JSON format: the application's line is a string in it. */
  public static String lambdaJson(String json) {
    return "{\"timestamp\":\"%s\",\"level\":\"INFO\",\"requestId\":\"%s\",\"message\":%s}"
        .formatted(TIME, REQUEST_ID, JsonStrings.quoted(bare(json)));
  }

  /** A structured logger's line, in which the marker is a member's name. */
  public static String asMember(String json) {
    return "{\"level\":\"INFO\",\"%s\":%s,\"thread\":\"main\"}".formatted(MARKER, json);
  }
}
