/** Where ingest objects lie. */
@NullMarked
package io.meterline.ledger.place;

import org.jspecify.annotations.NullMarked;
