/** The values that expressions work with: JSON as it is in a line, and exact numbers. */
@NullMarked
package io.meterline.mapping.value;

import org.jspecify.annotations.NullMarked;
