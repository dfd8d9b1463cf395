package io.meterline.core.json;

import io.meterline.core.json.JsonOracle.Node.ArrayNode;
import io.meterline.core.json.JsonOracle.Node.NumberNode;
import io.meterline.core.json.JsonOracle.Node.ObjectNode;
import io.meterline.core.json.JsonOracle.Node.StringNode;
import io.meterline.core.json.JsonOracle.Node.WordNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Strict JSON as Jackson reads it, as a tree that keeps what a record must keep: members in order,
 * twice where they are twice, and numbers as they are written.
 *
 * <p>Where Meterline is stricter than Jackson on purpose, the check is made here: bytes that are
 * not UTF-8 (Jackson is handed characters), and escapes that are half a surrogate pair. Jackson has
 * no bound on nesting here; {@link Node#depth} tells what the bound of 64 is about.
 */
public final class JsonOracle {
  private static final int NO_BOUND = 100_000_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(5_000)
                  .maxNumberLength(NO_BOUND)
                  .maxStringLength(NO_BOUND)
                  .maxNameLength(NO_BOUND)
                  .build())
          .build();

  private JsonOracle() {}

  /** The one value that the bytes hold; empty where they are anything else. */
  public static Optional<Node> read(byte[] json) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The one value that the text holds; empty where it is anything else. */
  public static Optional<Node> read(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.empty();
      }
      Node value = value(parser, first);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JacksonException | HalfSurrogateException e) {
      return Optional.empty();
    }
  }

  private static Node value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new StringNode(whole(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new NumberNode(parser.getString());
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new WordNode(parser.getString());
      default -> throw new IllegalStateException("no value starts with " + token);
    };
  }

  private static Node object(JsonParser parser) {
    List<Member> members = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(parser.currentName());
      members.add(new Member(name, value(parser, parser.nextToken())));
    }
    return new ObjectNode(members);
  }

  private static Node array(JsonParser parser) {
    List<Node> elements = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      elements.add(value(parser, t));
    }
    return new ArrayNode(elements);
  }

  private static String whole(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new HalfSurrogateException();
    }
    return text;
  }

  /** A value. */
  public sealed interface Node {
    /** How deep it nests, itself counted. */
    default int depth() {
      return switch (this) {
        case ObjectNode(List<Member> members) ->
            1 + members.stream().mapToInt(member -> member.value().depth()).max().orElse(0);
        case ArrayNode(List<Node> elements) ->
            1 + elements.stream().mapToInt(Node::depth).max().orElse(0);
        case StringNode text -> 0;
        case NumberNode number -> 0;
        case WordNode word -> 0;
      };
    }

    /** An object's members, in order. */
    record ObjectNode(List<Member> members) implements Node {}

    /** An array's elements. */
    record ArrayNode(List<Node> elements) implements Node {}

    /** A string, its escapes undone. */
    record StringNode(String text) implements Node {}

    /** A number as it is written. */
    record NumberNode(String text) implements Node {}

    /** True, false or null. */
    record WordNode(String text) implements Node {}
  }

  /** A member of an object. */
  public record Member(String name, Node value) {}

  private static final class HalfSurrogateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HalfSurrogateException() {
      super("half a surrogate pair");
    }
  }
}
