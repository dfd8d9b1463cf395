/** The ledger's load and query times, beside SQLite and PostgreSQL. */
@NullMarked
package io.meterline.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
