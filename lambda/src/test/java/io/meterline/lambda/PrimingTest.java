package io.meterline.lambda;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class PrimingTest {
  @Test
  void bothAgentsRunWithoutReachingAnything() {
    assertThatCode(() -> new Priming().run()).doesNotThrowAnyException();
  }
}
