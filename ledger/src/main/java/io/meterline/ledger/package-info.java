/** The receiving end, embedded: ingest objects become usage that can be queried. */
@NullMarked
package io.meterline.ledger;

import org.jspecify.annotations.NullMarked;
