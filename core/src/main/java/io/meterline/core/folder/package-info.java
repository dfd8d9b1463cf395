/** Folders as the receiving end: each object whole or not there. */
@NullMarked
package io.meterline.core.folder;

import org.jspecify.annotations.NullMarked;
