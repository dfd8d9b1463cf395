package io.meterline.mapping.expression;

/**
 * What is wrong with an expression.
 *
 * @param line of the expression, from 1
 * @param column in that line, from 0
 */
public record ExpressionError(int line, int column, String message) {}
