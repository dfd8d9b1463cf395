package io.meterline.cli;

import io.meterline.cli.MappingTrial.Event;

/** Where a trial of rules tells what it found. */
interface TrialReport {
  void event(int number, Event event);

  void end(TrialCounts counts);
}
