/** The ingest contract's way in over HTTP. */
@NullMarked
package io.meterline.core.http;

import org.jspecify.annotations.NullMarked;
