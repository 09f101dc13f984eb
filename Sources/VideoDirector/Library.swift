import ArgumentParser
import FoundationEssentials
import Glibc
import Mappings
import ShowFiles
import Surfaces

/// Where surfaces and mappings are found: by path, or by name in the shipped `Mappings` folder.
struct Library {
  /// The folder that holds a folder for each surface.
  let root: String?

  /// Looks for the shipped folder: named by `VIDEO_DIRECTOR_MAPPINGS`, here, above the program, or installed beside it.
  init() {
    var places: [String] = []
    if let named = getenv("VIDEO_DIRECTOR_MAPPINGS") { places.append(String(cString: named)) }
    places.append("Mappings")
    var folder = URL(filePath: Self.program).deletingLastPathComponent()
    while folder.path.count > 1 {
      places.append(folder.appending(path: "Mappings").path)
      places.append(folder.appending(path: "share/video-director/Mappings").path)
      folder.deleteLastPathComponent()
    }
    root = places.first { folder in access(folder + "/korg-nanokontrol2/surface.yaml", R_OK) == 0 }
  }

  private static var program: String {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A mapping and the surface that it is for.
  ///
  /// - Parameter name: a path, or the name of a shipped mapping: `scenes`.
  func load(mapping name: String) throws -> (mapping: Mapping, surface: Surface, path: String) {
    let path = try path(ofMapping: name)
    let text = try MappingFile.text(path)
    let surfaceName = try MappingFile.surfaceName(text, file: path)
    let surface = try surface(named: surfaceName, near: path)
    return (try MappingFile.parse(text, file: path, surface: surface), surface, path)
  }

  /// A surface, from the folder of its mapping or from the shipped folder.
  func surface(named name: String, near path: String? = nil) throws -> Surface {
    try SurfaceFile.read(self.path(ofSurface: name, near: path))
  }

  func path(ofSurface name: String, near path: String? = nil) throws -> String {
    if let path {
      let beside = URL(filePath: path).deletingLastPathComponent().appending(path: "surface.yaml").path
      if access(beside, F_OK) == 0, try SurfaceFile.read(beside).name == name { return beside }
    }
    let shipped = root.map { "\($0)/\(name)/surface.yaml" }
    guard !name.contains("/"), let shipped, access(shipped, F_OK) == 0 else {
      let known = try surfaces().map(\.name)
      throw Complaint(
        "the surface \(name) is unknown: \(advice(for: name, among: known)); one of your own has its surface.yaml beside the mapping"
      )
    }
    return shipped
  }

  /// All shipped surfaces.
  func surfaces() throws -> [Surface] {
    guard let root else { throw Complaint("no surfaces are found: set VIDEO_DIRECTOR_MAPPINGS to their folder") }
    let names = try FileManager.default.contentsOfDirectory(atPath: root).sorted()
    return try names.map { "\(root)/\($0)/surface.yaml" }.filter { (path: String) in access(path, F_OK) == 0 }.map {
      try SurfaceFile.read($0)
    }
  }

  /// The shipped session that shows what the product does.
  func demo() throws -> String {
    guard let root else { throw Complaint("the demo is not found: set VIDEO_DIRECTOR_MAPPINGS to its folder") }
    return "\(root)/korg-nanokontrol2/demo.mid"
  }

  func path(ofMapping name: String) throws -> String {
    if name.contains("/") || name.hasSuffix(".yaml") || access(name, F_OK) == 0 { return name }
    guard let root else {
      throw Complaint("no mappings are found: name a file, or set VIDEO_DIRECTOR_MAPPINGS to their folder")
    }
    let folders = try FileManager.default.contentsOfDirectory(atPath: root).sorted()
    let paths = folders.map { "\(root)/\($0)/\(name).yaml" }
    guard let path = paths.first(where: { path in access(path, F_OK) == 0 }) else {
      throw Complaint("there is no mapping \(name): name a file, or one of \(listed(names(in: folders)))")
    }
    return path
  }

  private func names(in folders: [String]) -> [String] {
    folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: "\(root ?? "")/\(folder)")) ?? []
    }.filter { $0.hasSuffix(".yaml") && $0 != "surface.yaml" }.map { String($0.dropLast(5)) }.sorted()
  }
}
