import Switching

extension Session {
  /// Asks for a piece of the state as soon as may be.
  mutating func want(_ reading: Reading) {
    wanted.append(reading)
  }

  /// Asks for it once `delay` has passed, so that what has just been told of it has settled.
  ///
  /// OBS sends its events from several threads and may let a newer one overtake an older: what is asked afterwards
  /// is right.
  mutating func want(_ reading: Reading, after delay: Duration, at now: Duration) {
    if later[reading] == nil { later[reading] = now + delay }
  }

  /// Sends the next readings in one batch, of a size that keeps the answer small.
  mutating func readWanted(at now: Duration) {
    guard !isReading else { return }
    guard !wanted.isEmpty else {
      // What is asked again because OBS was not ready belongs to everything; a running transition does not.
      if phase == .reading, later.keys.allSatisfy({ $0 == .cursor }) { everythingRead(at: now) }
      return
    }
    // While a cut stands in for it, the chosen transition is not to be had; it is asked afterwards.
    let batch = wanted.take(50).filter { !buses.isBorrowing || $0 != .transition }
    guard !batch.isEmpty else { return }
    isReading = true
    send(batch.map { $0.request(catalog) }, for: .readings(batch))
  }

  /// Takes in the answers to a batch of readings.
  mutating func take(_ responses: [Response], to readings: [Reading], at now: Duration) {
    for (reading, response) in zip(readings, responses) {
      if reading.isTold, later[reading] != nil { continue }
      if let refusal = response.refusal {
        refused(reading, refusal, at: now)
        continue
      }
      do throws(UnreadableField) {
        try take(response.fields, to: reading, at: now)
      } catch {
        remark("OBS answered \(reading.request(catalog).type) without a readable \(error.name)", at: now)
      }
    }
  }

  /// What a reading's refusal says of the state.
  private mutating func refused(_ reading: Reading, _ refusal: Refusal, at now: Duration) {
    switch (reading, refusal.code) {
    case (_, Refusal.notReady): want(reading, after: .milliseconds(300), at: now)
    case (.volume, Refusal.wrongState), (.mute, Refusal.wrongState), (.balance, Refusal.wrongState):
      break  // an input without sound
    case (.output, Refusal.wrongState): break  // an output that this OBS has not
    case (.preview, Refusal.studioModeNotActive): update(.preview(nil))
    case (_, Refusal.resourceNotFound): break  // gone since we heard of it: an event says so
    default: remark("\(reading.request(catalog).type) was refused. \(refusal)", at: now)
    }
  }

  private mutating func take(_ fields: Fields?, to reading: Reading, at now: Duration) throws(UnreadableField) {
    guard let fields else { throw UnreadableField(name: "responseData") }
    switch reading {
    case .version:
      state.product = "OBS \((try? fields.text("obsVersion")) ?? "of unknown version")"
      catalog.availableRequests = Set(fields.optional("availableRequests", as: [String].self) ?? [])
    case .studioMode: update(.previewBus(try fields.read("studioModeEnabled")))
    case .program where isThrown: break
    case .program: update(.program(try fields.read("currentProgramSceneName")))
    case .preview:
      let scene = try fields.read("currentPreviewSceneName", as: String.self)
      if state.previewBus == true { update(.preview(scene)) }
    case .scenes: try takeScenes(fields)
    case .inputs: try takeInputs(fields)
    case .transitions: try takeTransitions(fields)
    case .transition:
      guard !buses.isBorrowing else { return }
      update(.transition(try fields.read("transitionName")))
      let isFixed = fields.optional("transitionFixed") ?? false
      update(.transitionDuration(milliseconds: isFixed ? nil : fields.optional("transitionDuration")))
    case .cursor: takeCursor(try fields.read("transitionCursor"), at: now)
    case .output(let output): takeStatus(of: output, active: try fields.read("outputActive"), fields)
    case .volume(let input): takeVolume(of: input, Decibels(obs: fields))
    case .mute(let input): update(.muted(input: input, try fields.read("inputMuted")))
    case .balance(let input): update(.balance(input: input, try Self.balance(fields)))
    case .items(let scene), .itemsOfGroup(let scene): takeItems(of: scene, try fields.rows("sceneItems"))
    case .filters(let source): takeFilters(of: source, try fields.rows("filters"))
    }
  }

  private mutating func takeTransitions(_ fields: Fields) throws(UnreadableField) {
    let rows = try fields.rows("transitions")
    update(.transitions(rows.compactMap { $0.optional("transitionName") }))
    catalog.cutTransition = rows.first { $0.optional("transitionKind") == "cut_transition" }?.optional("transitionName")
  }

  private mutating func takeStatus(of output: Output, active: Bool, _ fields: Fields) {
    // An output is not active yet while it starts, and still active while it stops.
    let known = state.outputs[output]
    guard active ? known != .stopping : known != .starting else { return }
    // "ouputPaused" is how obs-websocket 5.0 spelled it.
    let isPaused = fields.optional("outputPaused") ?? fields.optional("ouputPaused") ?? false
    update(.output(output, !active ? .stopped : isPaused ? .paused : .started))
  }
}
