/** Log events from Lambda events and payloads: envelopes, base64, gzip, KPL aggregation. */
@NullMarked
package io.meterline.core.event;

import org.jspecify.annotations.NullMarked;
