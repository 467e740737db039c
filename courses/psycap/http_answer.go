package psycap

import "luotsi/server/web"

func mountAnswers(_ *web.Router, _ *Service) {}
