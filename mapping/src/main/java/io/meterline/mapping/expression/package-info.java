/** Expressions in CEL: compiled once, evaluated for each log event that a rule takes. */
@NullMarked
package io.meterline.mapping.expression;

import org.jspecify.annotations.NullMarked;
