package io.meterline.mapping.expression;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;

/** What an expression is for, which tells the types that its value may have. */
public enum ExpectedType {
  TEXT("a string", "string(…) makes one", ImmutableSet.of(CelKind.STRING), false),
  NUMBER(
      "a number",
      "decimal(…) reads one",
      ImmutableSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE),
      true),
  TIME(
      "a time in epoch milliseconds",
      "millis(…) reads one",
      ImmutableSet.of(CelKind.INT, CelKind.TIMESTAMP),
      true),
  CONDITION("true or false", "compare it with something", ImmutableSet.of(CelKind.BOOL), false),
  DIMENSION(
      "a string, a number, true or false",
      "pick one value of it",
      ImmutableSet.of(
          CelKind.STRING,
          CelKind.BOOL,
          CelKind.INT,
          CelKind.UINT,
          CelKind.DOUBLE,
          CelKind.NULL_TYPE),
      true),
  OBJECT("an object", "such as {'name': value}", ImmutableSet.of(CelKind.MAP), false),
  LIST("a list", "such as line.items", ImmutableSet.of(CelKind.LIST), false);

  private final String words;
  private final String advice;
  private final ImmutableSet<CelKind> kinds;
  private final boolean decimals;

  ExpectedType(String words, String advice, ImmutableSet<CelKind> kinds, boolean decimals) {
    this.words = words;
    this.advice = advice;
    this.kinds = kinds;
    this.decimals = decimals;
  }

  /** What is needed, in words. */
  public String words() {
    return words;
  }

  String advice() {
    return advice;
  }

  /** Whether a value of the type may be what is needed: one of unknown type may always be. */
  boolean takes(CelType type) {
    CelType of = type instanceof OptionalType optional ? optional.parameters().get(0) : type;
    return of.kind() == CelKind.DYN
        || of.kind() == CelKind.TYPE_PARAM
        || kinds.contains(of.kind())
        || (decimals && of.equals(Decimals.TYPE));
  }
}
