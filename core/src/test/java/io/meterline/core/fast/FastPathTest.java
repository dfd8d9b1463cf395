package io.meterline.core.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class FastPathTest {
  @Test
  void oneTurnsAllOffAndNamesTurnOffThose() {
    assertThat(FastPath.off("")).isEmpty();
    assertThat(FastPath.off("1")).containsExactlyInAnyOrder(FastPath.values());
    assertThat(FastPath.off("inflater, RULES"))
        .containsExactlyInAnyOrder(FastPath.INFLATER, FastPath.RULES);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FastPath.off("inflater,templates"))
        .withMessageContaining("there is no fast path 'templates'")
        .withMessageContaining("[inflater, shapes, lines, rules, sums]");
  }
}
