import Switching
import Testing

@Suite("Lengths in frames")
struct FrameClockTests {
  @Test(
    "are whole frames, at least one and at most what the switcher counts",
    arguments: [
      (25_000, 300, 8, 320), (25_000, 310, 8, 320), (25_000, 0, 1, 40), (25_000, -5, 1, 40),
      (25_000, 99_999, 250, 10_000), (29_970, 500, 15, 501), (59_940, 500, 30, 501), (60_000, 4_200, 250, 4_167),
      (23_976, 1_000, 24, 1_001), (25_000, .max, 250, 10_000),
    ])
  func rounded(rate: Int, milliseconds: Int, frames: Int, rounded: Int) {
    let clock = FrameClock(framesPer1000Seconds: rate, longest: 250)
    #expect(clock.frames(in: milliseconds) == frames)
    #expect(clock.rounded(milliseconds) == rounded)
    // What the switcher has made of it stays as it is.
    #expect(clock.rounded(rounded) == rounded)
  }
}
