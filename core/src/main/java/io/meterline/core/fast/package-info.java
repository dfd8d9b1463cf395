/** The list of fast paths with their switch, and faster inflation of gzip members. */
@NullMarked
package io.meterline.core.fast;

import org.jspecify.annotations.NullMarked;
