import Glibc
import Testing

/// OBS's fader, asked of the library of the OBS that is installed.
enum InstalledFader {
  private typealias Create = @convention(c) (Int32) -> OpaquePointer?
  private typealias Destroy = @convention(c) (OpaquePointer) -> Void
  private typealias SetDeflection = @convention(c) (OpaquePointer, Float) -> Bool
  private typealias GetDecibels = @convention(c) (OpaquePointer) -> Float

  /// The law of OBS's mixer, as its library numbers them.
  private static let logarithmic: Int32 = 2

  /// The level, in dB, at each of the positions 0 to 127.
  static func levels() throws -> [Double] {
    let library = try #require(dlopen("libobs.so.0", RTLD_NOW), "no libobs: is obs-studio installed?")
    defer { dlclose(library) }
    func function<Function>(_ name: String) throws -> Function {
      unsafeBitCast(try #require(dlsym(library, name), "libobs has no \(name)"), to: Function.self)
    }
    let (create, destroy): (Create, Destroy) = (try function("obs_fader_create"), try function("obs_fader_destroy"))
    let set: SetDeflection = try function("obs_fader_set_deflection")
    let get: GetDecibels = try function("obs_fader_get_db")
    let fader = try #require(create(logarithmic))
    defer { destroy(fader) }
    return (0...127).map { position in
      _ = set(fader, Float(position) / 127)
      return Double(get(fader))
    }
  }
}
