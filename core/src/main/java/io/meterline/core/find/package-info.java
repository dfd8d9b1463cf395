/** Finds records in the text of log events. */
@NullMarked
package io.meterline.core.find;

import org.jspecify.annotations.NullMarked;
