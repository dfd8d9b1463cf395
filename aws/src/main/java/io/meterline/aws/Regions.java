package io.meterline.aws;

import io.meterline.core.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/** Regions of AWS: which ones there are, and which one AWS's own tools would use here. */
final class Regions {
  private Regions() {}

  /** The region of the environment, or else of the profile that it names. */
  static Optional<String> of(Variables environment) {
    return environment
        .text("AWS_REGION")
        .or(() -> environment.text("AWS_DEFAULT_REGION"))
        .or(() -> ofProfile(environment));
  }

  private static Optional<String> ofProfile(Variables environment) {
    Optional<Path> folder = environment.text("HOME").map(home -> Path.of(home, ".aws"));
    ProfileFile.Aggregator files = ProfileFile.aggregator();
    boolean any =
        add(
            files,
            environment.text("AWS_SHARED_CREDENTIALS_FILE").map(Path::of),
            folder.map(home -> home.resolve("credentials")),
            ProfileFile.Type.CREDENTIALS);
    any |=
        add(
            files,
            environment.text("AWS_CONFIG_FILE").map(Path::of),
            folder.map(home -> home.resolve("config")),
            ProfileFile.Type.CONFIGURATION);
    String profile = environment.text("AWS_PROFILE").orElse("default");
    return any
        ? files.build().profile(profile).flatMap((Profile found) -> found.property("region"))
        : Optional.empty();
  }

  /** Adds a file, if it can be used: what is wrong with it is the credentials' matter. */
  private static boolean add(
      ProfileFile.Aggregator files,
      Optional<Path> named,
      Optional<Path> usual,
      ProfileFile.Type type) {
    Optional<Path> file = named.or(() -> usual).filter(Files::isReadable);
    try {
      file.map(content -> ProfileFile.builder().content(content).type(type).build())
          .ifPresent(files::addFile);
      return file.isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the region if AWS has it, as far as is known here. */
  static String known(String region) {
    List<String> known = Region.regions().stream().map(Region::id).toList();
    if (!known.contains(region)) {
      throw new IllegalArgumentException(
          "'%s' is not a region of AWS%s (one that is newer than this program needs endpoint=https://…)"
              .formatted(region, Suggestions.hint(region, known, ", such as eu-west-1")));
    }
    return region;
  }
}
