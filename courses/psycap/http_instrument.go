package psycap

import "luotsi/server/web"

func mountInstruments(_ *web.Router, _ *Service) {}
