import Foundation
import Switching
import Testing

@testable import OBS

/// Everything that can be sent, against the protocol as its makers publish it (`protocol.json`).
@Suite("the published protocol")
struct ProtocolDocumentTests {
  struct Document: Decodable {
    struct Field: Decodable {
      var valueName: String
      var valueType: String
      var valueOptional: Bool?
    }
    struct Request: Decodable {
      var requestType: String
      var requestFields: [Field]
      var responseFields: [Field]
    }
    struct Event: Decodable {
      var eventType: String
      var dataFields: [Field]
    }
    var requests: [Request]
    var events: [Event]
  }

  static func path(_ version: String) -> String { "../shared/data/obs/protocol-\(version).json" }
  static let versions = ["5.1.0", "5.7.3"].filter { FileManager.default.fileExists(atPath: path($0)) }

  /// One of each command, and every reading, as they go out.
  static func everything(uuids: Bool) throws -> [Request] {
    let scene = "One"
    let commands: [Command] =
      [
        .preview(scene: "One"), .program(scene: "Two"), .cut, .take, .transition(name: "Schnitt"),
        .transitionDuration(milliseconds: 300), .previewBus(enabled: false), .level(input: "Desk", .silence),
        .mute(input: "Desk", true), .balance(input: "Desk", 0), .recordPause(true), .recordPause(false), .saveReplay,
        .item(scene: scene, name: "Logo", visible: true), .filter(source: "Desk", name: "Blur", enabled: true),
        .filter(source: scene, name: "Blur", enabled: true), .hotkey(name: "x"),
      ] + MediaAction.allCases.map { .media(input: "Desk", $0) }
      + Output.allCases.flatMap { [.output($0, running: true), .output($0, running: false)] }
    let readings: [Reading] =
      Reading.first + [
        .program, .preview, .volume(input: "Desk"), .mute(input: "Desk"), .balance(input: "Desk"), .items(scene: scene),
        .itemsOfGroup("Group"), .filters(source: "Desk"),
      ]
    var requests: [Request] = []
    for command in commands {
      let session = try Conversation.up(uuids: uuids).session
      guard case .send(let plan, _) = session.plan(for: command) else { throw Unreadable("\(command) was refused") }
      requests += plan
    }
    let catalog = try Conversation.up(uuids: uuids).session.catalog
    return requests + readings.map { $0.request(catalog) }
  }

  @Test(
    "has every request that is sent, with every field in its type, and none that must be there is missing",
    .enabled(if: !versions.isEmpty, "no ../shared/data/obs/protocol-*.json here"), arguments: versions)
  func requests(version: String) throws {
    let document = try JSONDecoder().decode(Document.self, from: Data(contentsOf: URL(filePath: Self.path(version))))
    let known = Dictionary(document.requests.map { ($0.requestType, $0) }, uniquingKeysWith: { a, _ in a })
    for uuids in version == "5.1.0" ? [false] : [false, true] {
      for request in try Self.everything(uuids: uuids) {
        guard let described = known[request.type] else {
          Issue.record("\(request.type) is not in \(version)")
          continue
        }
        for (name, value) in request.fields.all.map({ ($0.name, $0.value) }) {
          let field = described.requestFields.first { $0.valueName == name }
          #expect(field != nil, "\(request.type) has no field \(name) in \(version)")
          if let field { #expect(value.fits(field.valueType), "\(request.type).\(name) is a \(field.valueType)") }
        }
        let given = Set(request.fields.all.map(\.name)).union(request.inputs.keys)
        for field in described.requestFields where field.valueOptional == false {
          #expect(given.contains(field.valueName), "\(request.type) needs \(field.valueName) in \(version)")
        }
        for name in request.outputs.values {
          #expect(described.responseFields.contains { $0.valueName == name }, "\(request.type) answers no \(name)")
        }
      }
    }
  }

  @Test(
    "has every event that is heard, and its fields",
    .enabled(if: !versions.isEmpty, "no ../shared/data/obs/protocol-*.json here"), arguments: versions)
  func events(version: String) throws {
    let document = try JSONDecoder().decode(Document.self, from: Data(contentsOf: URL(filePath: Self.path(version))))
    let heard: [String: [String]] = [
      "CurrentProgramSceneChanged": ["sceneName"], "CurrentPreviewSceneChanged": ["sceneName"],
      "StudioModeStateChanged": ["studioModeEnabled"], "SceneTransitionStarted": [], "SceneTransitionEnded": [],
      "CurrentSceneTransitionChanged": ["transitionName"], "CurrentSceneTransitionDurationChanged": [],
      "SceneCreated": [], "SceneRemoved": [], "SceneListChanged": [],
      "SceneNameChanged": ["oldSceneName", "sceneName"],
      "SceneItemCreated": ["sceneName"], "SceneItemRemoved": ["sceneName"],
      "SceneItemEnableStateChanged": ["sceneName", "sceneItemId", "sceneItemEnabled"], "InputCreated": ["inputName"],
      "InputRemoved": ["inputName"], "InputNameChanged": ["oldInputName", "inputName"],
      "InputVolumeChanged": ["inputName", "inputVolumeMul", "inputVolumeDb"],
      "InputMuteStateChanged": ["inputName", "inputMuted"],
      "InputAudioBalanceChanged": ["inputName", "inputAudioBalance"], "SourceFilterCreated": ["sourceName"],
      "SourceFilterRemoved": ["sourceName"], "SourceFilterNameChanged": ["sourceName"],
      "SourceFilterEnableStateChanged": ["sourceName", "filterName", "filterEnabled"],
      "StreamStateChanged": ["outputActive", "outputState"], "RecordStateChanged": ["outputActive", "outputState"],
      "ReplayBufferStateChanged": ["outputActive", "outputState"],
      "VirtualcamStateChanged": ["outputActive", "outputState"], "CurrentSceneCollectionChanging": [],
      "CurrentSceneCollectionChanged": [], "CurrentProfileChanged": [], "ExitStarted": [],
    ]
    let source = try String(contentsOfFile: "Sources/OBS/Session/Session+Events.swift", encoding: .utf8)
    for (type, fields) in heard {
      #expect(source.contains("\"\(type)\""), "\(type) is not heard")
      let described = document.events.first { $0.eventType == type }
      #expect(described != nil, "\(type) is not in \(version)")
      for field in fields {
        #expect(described?.dataFields.contains { $0.valueName == field } ?? false, "\(type).\(field)")
      }
    }
  }
}

extension JSON {
  fileprivate func fits(_ type: String) -> Bool {
    switch self {
    case .null: true
    case .bool: type == "Boolean"
    case .integer, .number: type == "Number"
    case .string: type == "String"
    case .array: type.hasPrefix("Array")
    case .object: type == "Object"
    }
  }
}
