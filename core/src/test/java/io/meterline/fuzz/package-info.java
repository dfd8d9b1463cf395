/** Mutated inputs by the million: nothing throws, hangs or loses a line. */
@NullMarked
package io.meterline.fuzz;

import org.jspecify.annotations.NullMarked;
