// swift-tools-version: 6.2
// The decoders of outside bytes, built for libFuzzer: `make fuzz`. Modules are links to the product's own sources, so
// that nothing else is built, and no target of the product has another `main`.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .unsafeFlags(["-sanitize=fuzzer", "-enable-testing"]),
]
let network: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Modules/\(name)", exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CALSA", path: "Modules/CALSA", pkgConfig: "alsa"),
    module("MIDI"),
    module("ALSASequencer", ["CALSA", "MIDI"]),
    module("Surfaces", ["MIDI"]),
    module("Switching"),
    module("Mappings", ["Surfaces", "Switching", "MIDI"]),
    module("ShowFiles", ["MIDI", "Mappings", "Surfaces", "Switching", yams]),
    module("Direction", ["MIDI", "Surfaces", "Switching", "Mappings"]),
    module(
      "OBS", ["Switching", crypto, network],
      exclude: ["Connection", "OBSAddress.swift", "OBSSwitcher.swift", "Show/FileCopies.swift"]),
    module(
      "ATEM", ["Switching", network], exclude: ["ATEMSwitcher.swift", "Datagrams.swift"]),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CALSA", "MIDI", "ALSASequencer", "Surfaces", "Switching", "Mappings", "ShowFiles", "Direction", "OBS", "ATEM",
        network, yams,
      ],
      path: "Decoders",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ]
)
