/** Mutated inputs by the million: nothing throws, hangs or loses a line. */
@NullMarked
package io.meterline.core.fuzz;

import org.jspecify.annotations.NullMarked;
