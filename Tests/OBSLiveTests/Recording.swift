import Foundation
import LiveSupport
import Testing

/// A recording that OBS makes of what is on air: what the audience saw, frame by frame.
struct Recording {
  static let width = 320
  static let height = 180

  /// Colours at places, frame by frame.
  let frames: [[Colour]]

  struct Colour: Hashable, CustomStringConvertible {
    var red: Double, green: Double, blue: Double
    var description: String { "(\(Int(red)) \(Int(green)) \(Int(blue)))" }

    init(_ red: Double, _ green: Double, _ blue: Double) { (self.red, self.green, self.blue) = (red, green, blue) }

    func isNear(_ other: Colour, within tolerance: Double) -> Bool {
      abs(red - other.red) <= tolerance && abs(green - other.green) <= tolerance
        && abs(blue - other.blue) <= tolerance
    }
  }

  /// Records while `body` runs.
  static func run(
    _ observer: Observer, places: [(x: Int, y: Int)], _ body: () async throws -> Void
  ) async throws -> Recording {
    let path = try await film(observer, body)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return Recording(frames: try decode(path, places: places))
  }

  /// How loud a recording is in the mean, in dB below full scale; silence is -91, the least of 16 bits.
  static func loudness(_ observer: Observer, _ body: () async throws -> Void) async throws -> Double {
    let path = try await film(observer, body)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (ffmpeg, output) = (Process(), Pipe())
    ffmpeg.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    ffmpeg.arguments = ["ffmpeg", "-hide_banner", "-i", path, "-vn", "-af", "volumedetect", "-f", "null", "-"]
    ffmpeg.standardError = output
    ffmpeg.standardInput = FileHandle.nullDevice
    try ffmpeg.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    ffmpeg.waitUntilExit()
    let words = text.split(whereSeparator: \.isWhitespace)
    let place = try #require(words.firstIndex(of: "mean_volume:"), "\(text.suffix(500))")
    return try #require(Double(words[place + 1]))
  }

  /// - Returns: the path of the recording.
  private static func film(_ observer: Observer, _ body: () async throws -> Void) async throws -> String {
    try await observer.ask("StartRecord")
    try await poll("the recording to run") {
      (try await observer.ask("GetRecordStatus"))["outputBytes"] as? Int ?? 0 > 0
    }
    try await body()
    let path = try #require(try await observer.ask("StopRecord")["outputPath"] as? String)
    try await poll("the recording to end") { try await observer.isActive("GetRecordStatus") == false }
    return path
  }

  /// Colours at places of each frame of a film or picture of the recording's size.
  static func decode(_ path: String, places: [(x: Int, y: Int)]) throws -> [[Colour]] {
    let output = Pipe()
    let ffmpeg = Process()
    ffmpeg.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    ffmpeg.arguments = [
      "ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-vsync", "passthrough", "-",
    ]
    ffmpeg.standardOutput = output
    ffmpeg.standardInput = FileHandle.nullDevice
    try ffmpeg.run()
    let size = width * height * 3
    var frames: [[Colour]] = []
    var rest = Data()
    while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
      rest.append(data)
      while rest.count >= size {
        let bytes = [UInt8](rest.prefix(size))
        frames.append(
          places.map { place in
            let start = (place.y * width + place.x) * 3
            return Colour(Double(bytes[start]), Double(bytes[start + 1]), Double(bytes[start + 2]))
          })
        rest = Data(rest.dropFirst(size))
      }
    }
    ffmpeg.waitUntilExit()
    try #require(ffmpeg.terminationStatus == 0 && !frames.isEmpty, "no ffmpeg here: apt-get install ffmpeg")
    return frames
  }

  /// The frames that are neither the picture of the time, nor the next, nor a blend of the two on its way there.
  func wrongFrames(_ pictures: [[Colour]]) -> (wrong: [String], reached: Int) {
    var (place, weight) = (0, 0.0)
    var wrong: [String] = []
    frames: for (number, frame) in frames.enumerated() {
      while true {
        if weight == 0, frame.isNear(pictures[place], within: 10) { continue frames }
        guard place + 1 < pictures.count else { break }
        let (old, new) = (pictures[place], pictures[place + 1])
        if frame.isNear(new, within: 10) {
          (place, weight) = (place + 1, 0)
          continue frames
        }
        let blend = frame.weight(between: old, and: new)
        if frame.isNear(old.blended(with: new, blend), within: 20), blend >= weight - 0.03, blend <= 1.03 {
          weight = max(weight, blend, 1e-6)
          continue frames
        }
        // The next picture may have come and gone between two frames.
        guard weight > 0.85, place + 2 < pictures.count else { break }
        (place, weight) = (place + 1, 0)
      }
      let next = pictures[min(place + 1, pictures.count - 1)]
      wrong.append("frame \(number): \(frame), between picture \(place) \(pictures[place]) and \(next)")
    }
    return (wrong, place)
  }
}

extension [Recording.Colour] {
  private var parts: [Double] { flatMap { [$0.red, $0.green, $0.blue] } }

  func isNear(_ other: Self, within tolerance: Double) -> Bool {
    zip(self, other).allSatisfy { $0.isNear($1, within: tolerance) }
  }

  /// How far from one picture to another, from 0 to 1.
  func weight(between old: Self, and new: Self) -> Double {
    let way = zip(new.parts, old.parts).map { $0 - $1 }
    let gone = zip(parts, old.parts).map { $0 - $1 }
    let length = way.reduce(0) { $0 + $1 * $1 }
    return length == 0 ? 0 : zip(way, gone).reduce(0) { $0 + $1.0 * $1.1 } / length
  }

  func blended(with new: Self, _ weight: Double) -> Self {
    zip(self, new).map { old, new in
      Recording.Colour(
        old.red + (new.red - old.red) * weight, old.green + (new.green - old.green) * weight,
        old.blue + (new.blue - old.blue) * weight)
    }
  }
}
