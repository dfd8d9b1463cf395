/** The ledger's file: its tables, and how records get into them once. */
@NullMarked
package io.meterline.ledger.store;

import org.jspecify.annotations.NullMarked;
