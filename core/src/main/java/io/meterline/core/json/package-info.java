/** A strict reader and a writer of JSON text that work on bytes and build no objects. */
@NullMarked
package io.meterline.core.json;

import org.jspecify.annotations.NullMarked;
