package io.meterline.ledger.store;

import java.sql.SQLException;

/** What a question found has more text than may be brought into memory for it. */
public final class TooMuchText extends SQLException {
  private static final long serialVersionUID = 1;

  TooMuchText(long most) {
    super(
        ("the answer has more than %d bytes of names and other texts: ask for less, with a smaller"
                + " limit, a shorter range, filters or fewer groups")
            .formatted(most));
  }
}
