package io.meterline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack's promises, checked by scripts that need Python, cfn-lint and the SAM translator. */
final class TemplateTest {
  private static final int TOOL_MISSING = 77;

  @ParameterizedTest
  @ValueSource(strings = {"check_template.py", "check_template_bites.py"})
  void theTemplateKeepsItsPromisesAndTheChecksBite(String script)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("python3", script)
            .directory(Path.of("").toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    boolean required = "true".equals(System.getenv("CI"));
    Assumptions.assumeTrue(code != TOOL_MISSING || required, output);
    assertThat(code).as(output).isZero();
  }
}
