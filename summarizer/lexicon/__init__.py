"""Small facts about German and English words that the checks share: tokens, word lists, places, cue words."""
