// Direction
