import FoundationEssentials
import Mappings
public import Surfaces

/// The JSON Schema (draft 7, which YAML editors read) of a surface's mappings, made from the vocabulary.
public enum MappingSchema {
  public static func text(for surface: Surface) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(schema(surface))) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  private static func schema(_ surface: Surface) -> JSONValue {
    let bindings: JSONValue = [
      "type": ["object", "null"], "additionalProperties": false,
      "properties": .object(
        Dictionary(
          surface.controls.map { control in
            (
              control.name,
              [
                "description": .text("\(control.label), a \(control.kind.rawValue)"),
                "anyOf": [
                  reference(control, "action"), ["$ref": .text("#/definitions/\(side(control))-options")],
                ],
              ]
            )
          }
        ) { first, _ in first }),
    ]
    return [
      "$schema": "http://json-schema.org/draft-07/schema#", "title": .text("Video Director mapping, \(surface.title)"),
      "type": "object", "required": ["version", "surface", "bindings"], "additionalProperties": false,
      "properties": [
        "version": ["const": 1], "surface": ["const": .text(surface.name)], "allow-scripts": ["type": "boolean"],
        "switchers": [
          "type": "array", "minItems": 1, "uniqueItems": true,
          "items": ["type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"],
        ],
        "bindings": bindings,
        "pages": [
          "type": "object",
          "additionalProperties": [
            "type": "object", "additionalProperties": false, "properties": ["bindings": bindings],
          ],
        ],
      ],
      "definitions": [
        "button-action": action(.button), "slider-action": action(.position), "button-options": options(.button),
        "slider-options": options(.position),
      ],
    ]
  }

  private static func side(_ control: Control) -> String { control.kind.isContinuous ? "slider" : "button" }

  private static func reference(_ control: Control, _ what: String) -> JSONValue {
    ["$ref": .text("#/definitions/\(side(control))-\(what)")]
  }

  /// The first word is known, behind the name of a switcher if there is one; what follows is the vocabulary's to check.
  private static func action(_ input: Phrase.Input) -> JSONValue {
    let phrases = Vocabulary.phrases.filter { $0.input == input }
    var verbs: [String] = []
    for phrase in phrases {
      let verb = String(phrase.form.prefix { $0 != " " })
      if !verbs.contains(verb) { verbs.append(verb) }
    }
    return [
      "type": "string", "pattern": .text("^([A-Za-z][A-Za-z0-9_-]*: )?(\(verbs.joined(separator: "|")))( |$)"),
      "description": .text(phrases.map { "\($0.form): \($0.meaning)" }.joined(separator: "\n")),
      "examples": .array(phrases.map { .text($0.example) }),
    ]
  }

  private static func options(_ input: Phrase.Input) -> JSONValue {
    let known = input == .button ? BindingOptions.ofButtons : BindingOptions.ofSliders
    let own: JSONValue = ["$ref": .text("#/definitions/\(input == .button ? "button" : "slider")-action")]
    var properties: [String: JSONValue] = ["do": own]
    for name in BindingOptions.names where known.contains(name) || name == "light" {
      if BindingOptions.gestures.contains(name) {
        properties[name] = own
      } else if name == "invert" {
        properties[name] = ["type": "boolean"]
      } else if let choices = BindingOptions.choices[name] {
        // YAML 1.1 editors read a bare `off` as false.
        let words = choices.map { JSONValue.text($0) } + (choices.contains("off") ? [.truth(false)] : [])
        properties[name] = ["enum": .array(words)]
      } else if name == "range" {
        properties[name] = [
          "type": "array", "minItems": 2, "maxItems": 2,
          "items": ["type": "string", "pattern": "^(silence|-?[0-9.]+dB)$"],
        ]
      } else {
        properties[name] = ["type": "string", "pattern": "^[0-9.]+m?s$"]
      }
    }
    return ["type": "object", "additionalProperties": false, "properties": .object(properties)]
  }
}

/// A JSON value, written as Swift writes it.
private enum JSONValue: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  case number(Int)
  case truth(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .truth(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { first, _ in first })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .truth(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
