/** The bodies of ingest objects: arrays, lines and single objects. */
@NullMarked
package io.meterline.ledger.body;

import org.jspecify.annotations.NullMarked;
