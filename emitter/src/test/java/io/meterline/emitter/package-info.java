/** Tests of the emitter and of the recipes for other languages. */
@NullMarked
package io.meterline.emitter;

import org.jspecify.annotations.NullMarked;
