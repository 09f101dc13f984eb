/// How a switcher counts the length of a transition: in whole frames, at least one.
public struct FrameClock: Hashable, Sendable, Codable {
  public var framesPer1000Seconds: Int
  /// The most frames that a transition can take.
  public var longest: Int

  public init(framesPer1000Seconds: Int, longest: Int) {
    self.framesPer1000Seconds = framesPer1000Seconds
    self.longest = longest
  }

  /// The nearest number of frames that the switcher can count.
  public func frames(in milliseconds: Int) -> Int {
    let frames = (min(max(milliseconds, 0), 1_000_000) * framesPer1000Seconds + 500_000) / 1_000_000
    return min(max(frames, 1), longest)
  }

  public func milliseconds(of frames: Int) -> Int {
    (frames * 1_000_000 + framesPer1000Seconds / 2) / framesPer1000Seconds
  }

  /// What becomes of a length: 300 ms at 25 frames a second is 320 ms.
  public func rounded(_ milliseconds: Int) -> Int { self.milliseconds(of: frames(in: milliseconds)) }
}
