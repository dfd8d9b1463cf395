package io.meterline.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Lines in panels, with powers of ten on both axes: what grows as its input does is a diagonal. */
public final class Chart {
  /** What is on the axis that goes up. */
  public enum Unit {
    SECONDS,
    BYTES
  }

  /**
   * Lines of one kind.
   *
   * @param across what the axis across counts
   * @param lines by name; points by their place across
   */
  public record Panel(
      String title, String across, Unit unit, Map<String, SortedMap<Double, Double>> lines) {}

  private static final int WIDTH = 545;
  private static final int HEIGHT = 400;
  private static final int LEFT = 80;
  private static final int TOP = 56;
  private static final int RIGHT = 135;
  private static final int BOTTOM = 56;
  private static final int LINE_HEIGHT = 15;

  private static final Color INK = new Color(0x24292F);
  private static final Color GRID = new Color(0xD8DEE4);
  private static final Color OURS = new Color(0x0B6BCB);
  private static final List<Color> OTHERS =
      List.of(new Color(0xB35900), new Color(0x5A6370), new Color(0x1A7F37), new Color(0x8250DF));

  private final Graphics2D canvas;

  private Chart(Graphics2D canvas) {
    this.canvas = canvas;
  }

  /** Writes the panels, {@code columns} side by side; the first line of each is ours. */
  public static void write(List<Panel> panels, int columns, Path png) throws IOException {
    System.setProperty("java.awt.headless", "true");
    int rows = Math.ceilDiv(panels.size(), columns);
    BufferedImage image =
        new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    Chart chart = new Chart(canvas);
    for (int i = 0; i < panels.size(); i++) {
      int x = i % columns * WIDTH;
      int y = i / columns * HEIGHT;
      canvas.translate(x, y);
      chart.draw(panels.get(i));
      canvas.translate(-x, -y);
    }
    ImageIO.write(image, "png", png.toFile());
  }

  private void draw(Panel panel) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (SortedMap<Double, Double> points : panel.lines().values()) {
      points.keySet().forEach(value -> x.add(Math.log10(value)));
      points.values().forEach(value -> y.add(Math.log10(value)));
    }
    Axis across = Axis.over(x, LEFT, WIDTH - RIGHT);
    Axis up = Axis.over(y, HEIGHT - BOTTOM, TOP);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    canvas.setColor(INK);
    canvas.drawString(panel.title(), LEFT, TOP - 24);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    grid(panel, across, up);
    SortedMap<Double, String> ends = new TreeMap<>();
    Map<String, Color> colors = new HashMap<>();
    for (Map.Entry<String, SortedMap<Double, Double>> line : panel.lines().entrySet()) {
      Color color = colors.isEmpty() ? OURS : OTHERS.get((colors.size() - 1) % OTHERS.size());
      colors.put(line.getKey(), color);
      ends.put(line(color, line.getValue(), across, up), line.getKey());
    }
    names(ends, colors);
  }

  private void grid(Panel panel, Axis across, Axis up) {
    for (int power = up.least(); power <= up.most(); power++) {
      double at = up.at(power);
      canvas.setColor(GRID);
      canvas.draw(new Line2D.Double(LEFT, at, WIDTH - RIGHT, at));
      canvas.setColor(INK);
      right(word(power, panel.unit()), LEFT - 8, at + 5);
    }
    for (int power = across.least(); power <= across.most(); power++) {
      double at = across.at(power);
      canvas.setColor(GRID);
      canvas.draw(new Line2D.Double(at, TOP, at, HEIGHT - BOTTOM));
      canvas.setColor(INK);
      String text = "10^" + power;
      canvas.drawString(text, (float) at - 14, HEIGHT - BOTTOM + 20f);
    }
    canvas.drawString(panel.across(), (LEFT + WIDTH - RIGHT) / 2f - 24, HEIGHT - BOTTOM + 42f);
  }

  /** A power of ten in its unit. */
  private static String word(int power, Unit unit) {
    int thousands = Math.floorDiv(power, 3);
    String digits = "1" + "0".repeat(power - 3 * thousands);
    return switch (unit) {
      case SECONDS ->
          power < 0
              ? digits + " " + List.of("\u00b5s", "ms").get(thousands + 2)
              : "1" + "0".repeat(power) + " s";
      case BYTES -> digits + " " + List.of("B", "KB", "MB", "GB").get(thousands);
    };
  }

  private void right(String text, double x, double y) {
    canvas.drawString(text, (float) x - canvas.getFontMetrics().stringWidth(text), (float) y);
  }

  /** Draws a line; returns where it ends. */
  private double line(Color color, SortedMap<Double, Double> points, Axis across, Axis up) {
    canvas.setColor(color);
    canvas.setStroke(new BasicStroke(2.4f));
    double lastX = 0;
    double lastY = 0;
    for (Map.Entry<Double, Double> point : points.entrySet()) {
      double x = across.at(Math.log10(point.getKey()));
      double y = up.at(Math.log10(point.getValue()));
      if (lastX > 0) {
        canvas.draw(new Line2D.Double(lastX, lastY, x, y));
      }
      canvas.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      lastX = x;
      lastY = y;
    }
    canvas.setStroke(new BasicStroke(1f));
    return lastY;
  }

  /** Lines that end close together must not have one name upon another. */
  private void names(SortedMap<Double, String> ends, Map<String, Color> colors) {
    double lowest = 0;
    for (Map.Entry<Double, String> end : ends.entrySet()) {
      double y = Math.max(end.getKey() + 5, lowest);
      lowest = y + LINE_HEIGHT;
      canvas.setColor(colors.get(end.getValue()));
      canvas.drawString(end.getValue(), WIDTH - RIGHT + 10f, (float) y);
    }
  }

  /** Powers of ten, and where they lie. */
  private record Axis(int least, int most, double from, double to) {
    static Axis over(List<Double> logs, double from, double to) {
      int least = (int) Math.floor(logs.stream().mapToDouble(log -> log).min().orElse(0));
      int most = (int) Math.ceil(logs.stream().mapToDouble(log -> log).max().orElse(1));
      return new Axis(least, Math.max(most, least + 1), from, to);
    }

    double at(double log) {
      return from + (to - from) * (log - least) / (most - least);
    }
  }
}
