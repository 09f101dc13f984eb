// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// The wire of every switcher: sockets and their loop.
let network: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]

/// The wire of OBS.
let webSocket: [Target.Dependency] = [
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOWebSocket", package: "swift-nio"),
  .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
  name: "video-director",
  products: [.executable(name: "video-director", targets: ["VideoDirector"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .target(name: "MIDI", swiftSettings: strict),
    .target(name: "ALSASequencer", dependencies: ["CALSA", "MIDI"], swiftSettings: strict),
    .target(name: "Surfaces", dependencies: ["MIDI"], swiftSettings: strict),
    .target(name: "Switching", swiftSettings: strict),
    .target(name: "Mappings", dependencies: ["Surfaces", "Switching", "MIDI"], swiftSettings: strict),
    .target(
      name: "ShowFiles",
      dependencies: ["MIDI", "Mappings", "Surfaces", "Switching", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "Direction", dependencies: ["MIDI", "Surfaces", "Switching", "Mappings"], swiftSettings: strict),
    .target(name: "Pictures", dependencies: ["Surfaces"], swiftSettings: strict),
    .target(name: "Rehearsal", dependencies: ["Switching"], swiftSettings: strict),
    .target(
      name: "OBS",
      dependencies: ["Switching", .product(name: "Crypto", package: "swift-crypto")] + network + webSocket,
      swiftSettings: strict),
    .target(name: "ATEM", dependencies: ["Switching"] + network, swiftSettings: strict),
    .target(
      name: "Loops", dependencies: ["Switching", .product(name: "NIOCore", package: "swift-nio")],
      swiftSettings: strict),
    .executableTarget(
      name: "VideoDirector",
      dependencies: [
        "MIDI", "ALSASequencer", "Surfaces", "Switching", "Mappings", "ShowFiles", "Pictures", "Direction", "Rehearsal",
        "OBS", "ATEM", "Loops",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ] + network,
      swiftSettings: strict),

    .target(
      name: "CBenchmark", path: "Benchmarks/CBenchmark", linkerSettings: [.linkedLibrary("asound")]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "ALSASequencer", "CBenchmark", "Direction", "Loops", "MIDI", "Mappings", "OBS", "ShowFiles", "Surfaces",
        "Switching",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
      ] + network,
      path: "Benchmarks/bench", swiftSettings: strict),

    .testTarget(name: "MIDITests", dependencies: ["MIDI"], swiftSettings: strict),
    .testTarget(
      name: "SurfacesTests", dependencies: ["MIDI", "Surfaces", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .testTarget(name: "SwitchingTests", dependencies: ["SwitcherConformance", "Switching"], swiftSettings: strict),
    .testTarget(
      name: "MappingsTests", dependencies: ["MIDI", "Mappings", "Surfaces", "Switching"], swiftSettings: strict),
    .testTarget(
      name: "ShowFilesTests", dependencies: ["MIDI", "Mappings", "ShowFiles", "Surfaces", "Switching"],
      swiftSettings: strict),
    .testTarget(
      name: "DirectionTests",
      dependencies: ["MIDI", "Direction", "Mappings", "Rehearsal", "ShowFiles", "Surfaces", "Switching"],
      swiftSettings: strict),
    .target(
      name: "SwitcherConformance", dependencies: ["Switching"], path: "Tests/SwitcherConformance",
      swiftSettings: strict),
    .testTarget(
      name: "PicturesTests", dependencies: ["Pictures", "ShowFiles", "Surfaces"], swiftSettings: strict),
    .testTarget(
      name: "MapCommandTests",
      dependencies: ["Loops", "MIDI", "Mappings", "ShowFiles", "Surfaces", "Switching", "VideoDirector"] + network,
      swiftSettings: strict),
    .testTarget(
      name: "RehearsalTests", dependencies: ["Rehearsal", "SwitcherConformance", "Switching"], swiftSettings: strict),
    .testTarget(
      name: "OBSTests",
      dependencies: ["OBS", "Switching", .product(name: "Crypto", package: "swift-crypto")] + network + webSocket,
      swiftSettings: strict),
    .target(
      name: "ATEMEmulator", dependencies: ["ATEM"] + network, path: "Tests/ATEMEmulator", swiftSettings: strict),
    .executableTarget(
      name: "atem-emulator",
      dependencies: ["ATEM", "ATEMEmulator", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        + network,
      path: "Tests/atem-emulator", swiftSettings: strict),
    .testTarget(
      name: "ATEMTests",
      dependencies: [
        "ATEM", "ATEMEmulator", "Direction", "Loops", "MIDI", "Mappings", "ShowFiles", "Surfaces",
        "SwitcherConformance",
        "Switching",
        "VideoDirector",
      ] + network,
      exclude: ["Support/decode.py"], swiftSettings: strict),
    .target(
      name: "LiveSupport",
      dependencies: ["ALSASequencer", "MIDI", .product(name: "Crypto", package: "swift-crypto")] + network + webSocket,
      path: "Tests/LiveSupport", swiftSettings: strict),
    .testTarget(
      name: "OBSLiveTests",
      dependencies: [
        "Direction", "LiveSupport", "Loops", "MIDI", "Mappings", "OBS", "ShowFiles", "Surfaces", "SwitcherConformance",
        "Switching",
        "VideoDirector",
      ] + network,
      swiftSettings: strict),
    .testTarget(
      name: "SequencerGuestTests", dependencies: ["ALSASequencer", "LiveSupport", "MIDI", "Surfaces", "VideoDirector"],
      swiftSettings: strict),
    .testTarget(name: "CommandLineTests", dependencies: ["LiveSupport", "VideoDirector"], swiftSettings: strict),
    .testTarget(name: "BenchmarkTests", dependencies: ["bench"], swiftSettings: strict),
    .testTarget(name: "EndToEndTests", dependencies: ["LiveSupport", "VideoDirector"], swiftSettings: strict),
  ]
)
